"""The work behind the web page: strangers' files in confined children, documents done one by one."""

from cxify.web.processing.processing import Processing

__all__ = ["Processing"]
