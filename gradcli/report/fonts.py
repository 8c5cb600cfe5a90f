"""The fonts of pages and pictures, as CSS has them."""

# The first has a narrow ∂ and even lines, where those that have Japanese letters set it as wide as one of them.
FONTS = "'Noto Sans','Helvetica Neue',Arial,'Noto Sans CJK JP','Hiragino Sans','Yu Gothic',sans-serif"
