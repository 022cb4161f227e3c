"""The work behind the web page: strangers' files in confined children, documents done one by one."""
