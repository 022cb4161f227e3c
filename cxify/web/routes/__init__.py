"""One router a topic; `app` lists them."""
