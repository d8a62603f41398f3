"""The assistant as tools for agents, by the Model Context Protocol (MCP).

``tools`` says what an agent can call, ``readings`` what it can read, and ``server`` speaks the
protocol. It is reached at ``/mcp`` (``assistant/web/agents.py``) or over standard streams.
"""
