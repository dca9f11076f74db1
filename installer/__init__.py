"""What makes the Windows program out of this tree, on Linux."""
