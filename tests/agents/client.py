"""The official SDK's client, connected to a real `cxify mcp` process."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent

T = TypeVar("T")


class Agent:
    """A connected client that calls tools by name."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Return what a tool answered; the test fails when it refused."""
        result = await self.client.call_tool(tool, arguments)
        assert isinstance(result, CallToolResult)
        assert not result.is_error, result.content
        assert result.structured_content is not None
        return result.structured_content

    async def refused(self, tool: str, **arguments: Any) -> str:
        """Return the sentence with which a tool refused."""
        result = await self.client.call_tool(tool, arguments)
        assert isinstance(result, CallToolResult)
        assert result.is_error
        (content,) = result.content
        assert isinstance(content, TextContent)
        return content.text

    async def resource(self, uri: str) -> str:
        """Return a resource's text."""
        (content,) = (await self.client.read_resource(uri)).contents
        return str(content.text)  # type: ignore[union-attr]


def connected(folder: Path, work: Callable[[Agent], Awaitable[T]], *options: object) -> T:
    """Start `cxify mcp` in a folder, do the work with its tools, and end it."""

    async def run() -> T:
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = ["-m", "cxify", "mcp", *map(str, options)]
        parameters = StdioServerParameters(command=sys.executable, args=command, cwd=folder, env=environ)
        async with Client(stdio_client(parameters)) as client:
            return await work(Agent(client))

    # In a thread of its own, because browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asyncio.wait_for(run(), timeout=120)).result()
