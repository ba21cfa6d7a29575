"""Drawing: scenes, layouts, chain map, mind map and the office files."""
