"""Made-up claims of any number, and what kgcheck takes for them."""
