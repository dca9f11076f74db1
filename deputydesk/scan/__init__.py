"""Paper that comes back: reads the boxes that people ticked from scans and photos.

Nothing here knows a window or a table; numpy and the readers of pictures are loaded when a file
is first read, for nothing at a start of the program imports this package.
"""
