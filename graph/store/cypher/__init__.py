"""What analysts write in Cypher: taken apart, checked against what is allowed, written anew for an engine, and run apart.

No text of a person ever reaches an engine. A statement is cut into tokens, read by a small grammar that knows only what
reads, and written again from what was understood: without comments, every name quoted, every literal text a parameter.
"""
