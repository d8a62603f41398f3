"""The assistant as a bot of a helpdesk: reads what the helpdesk sends, decides, and answers there.

``events``, ``wishes`` and ``reactions`` decide and touch nothing; ``chatwoot`` speaks to Chatwoot,
and ``desk`` works off what came in. The HTTP route is in ``assistant/web``.
"""
