"""What readers hold wrong about a figure: taken in, held against the engine, decided over."""
