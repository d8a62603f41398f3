"""The Convention as data: text, reader, encoder, vector store."""
