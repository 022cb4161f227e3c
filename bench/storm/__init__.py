"""Many documents through a slow endpoint in good and in bad weather."""
