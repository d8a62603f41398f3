"""From the bytes of a document to the plain layout of a treaty."""
