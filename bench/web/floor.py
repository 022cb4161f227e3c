"""The floor: the same FastAPI and uvicorn answering with nothing, in a process of its own."""

import socket
import sys

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/")
def nothing() -> HTMLResponse:
    """Answer with nothing."""
    return HTMLResponse("")


if __name__ == "__main__":
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        print(listening.getsockname()[1], flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])
    sys.exit(0)
