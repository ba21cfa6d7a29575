"""The explorer's picture: places, scene, drawing and files."""
