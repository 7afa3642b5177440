// Widths of texts, remembered: measuring is the costliest thing a header does.

const known = new Map<string, number>()
let counted = 0

/** Width of a text in the context's font. Forgotten when fonts arrive, since they change it. */
export function widthOf(ctx: CanvasRenderingContext2D, text: string): number {
  const key = `${ctx.font}/${text}`
  const found = known.get(key)
  if (found !== undefined) return found
  if (counted++ > 20_000) forgetWidths()
  const { width } = ctx.measureText(text)
  known.set(key, width)
  return width
}

export function forgetWidths(): void {
  known.clear()
  counted = 0
}
