"""Mind maps of other programs in; their topics out, each a row of depth, id and text."""
