"""The dataset doctor on the Data page: what is wrong with the images, and one click that mends it."""
