"""The marts as an Excel workbook."""
