"""What people wrote, read: tables, types, partial dates, publishers. Imports nothing else of the package."""
