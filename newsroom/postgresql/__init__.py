"""PostgreSQL as the processes of the site speak to it. The settings name it as their ENGINE."""
