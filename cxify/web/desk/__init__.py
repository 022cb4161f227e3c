"""What people and programs do with documents, from upload to download; HTML routes and the API call the same functions.

Each takes `here: Context` and the person who asks, and finds documents through `store.papers.mine` or `visible` only.
"""
