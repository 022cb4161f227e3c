"""The web page for HR: upload, review, download. `app.create_app` puts it together; `cxify serve` starts it.

`config` says how it is served, `context` holds what all requests share, `signed_in` says who asks, `render` and
`errors` answer, `security` keeps strangers out, `routes` holds one router a topic, `desk` what routes and API do alike.
"""
