"""Lists of people from XLSX or CSV: read safely, check row by row, save in small steps that can be resumed."""
