"""What the Excel formats share: guards against bad sheets, and the blocks a sheet holds."""
