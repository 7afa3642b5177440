// Chinese glyphs where the system has none (bare Linux, containers): the shipped subset of Noto Sans SC, fetched piece by
// piece as characters appear. Where the system can write Chinese, and nearly all can, nothing is fetched.
/** Two different characters that look the same are two empty boxes: the system has no glyphs for them. */
function writesChinese(): boolean {
  const canvas = document.createElement('canvas')
  canvas.width = 32
  canvas.height = 32
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return true
  pen.font = '24px sans-serif'
  const drawn = [0x8425, 0x9020].map(code => {
    pen.clearRect(0, 0, 32, 32)
    pen.fillText(String.fromCodePoint(code), 2, 26)
    return pen.getImageData(0, 0, 32, 32).data.join()
  })
  return drawn[0] !== drawn[1]
}

/** Call at start. */
export async function bringChineseFont() {
  if (writesChinese()) return
  document.documentElement.classList.add('yz-own-font')
  await import('@fontsource-variable/noto-sans-sc/index.css')
}
