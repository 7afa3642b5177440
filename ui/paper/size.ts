// Sheets of paper, and how far a picture may go.

/** ISO 216 landscape in pixels of 1/96 inch. */
export const SHEETS = {
  A3: { width: 1587, height: 1122 },
  A4: { width: 1122, height: 793 },
} as const

export type PaperSize = keyof typeof SHEETS

/** Sheets and pictures that a browser can hold at once. */
export const MOST_SHEETS = 40
export const MOST_PICTURES = 20

/** Browsers refuse canvases beyond about 16,384 pixels a side; 64 million pixels take 256 MB. */
const LARGEST_SIDE = 16_000
const LARGEST_AREA = 64_000_000

/** A picture of this many pixels of the screen can be drawn at no less than their own sharpness. */
export const PICTURE = { width: 8000, height: 4000 } as const

/** How many pixels of a picture one of the screen becomes: two where they fit. */
export const sharpness = (width: number, height: number): number =>
  Math.min(2, LARGEST_SIDE / width, LARGEST_SIDE / height, Math.sqrt(LARGEST_AREA / (width * height)))
