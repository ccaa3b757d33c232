"""Places: the spots where people meet and where stories lie. They have no page of their own yet."""
