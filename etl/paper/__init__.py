"""What is handed out on paper and in workbooks: letters, circulars, one-page sheets, statutory tables, native charts."""
