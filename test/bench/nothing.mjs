// Bare node, to subtract.
