"""Names of firms, regions and things: taken apart, compared, held to mean one thing."""
