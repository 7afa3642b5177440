// The plain text of a note: Project keeps notes as Rich Text Format (RTF 1.9).
import iconv from 'iconv-lite'

/** Groups whose text is not part of the document. */
const hidden = new Set([
  ...[
    'fonttbl',
    'colortbl',
    'stylesheet',
    'info',
    'pict',
    'object',
    'header',
    'footer',
    'headerl',
    'headerr',
    'footerl',
  ],
  ...[
    'footerr',
    'listtable',
    'listoverridetable',
    'generator',
    'themedata',
    'datastore',
    'latentstyles',
    'fldinst',
    'xmlnstbl',
  ],
])

const words: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  cell: '\t',
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '\u2003',
  enspace: '\u2002',
}

/** Windows code pages by \fcharset. */
const pages: Readonly<Record<number, string>> = {
  77: 'macroman',
  128: 'cp932',
  129: 'cp949',
  134: 'cp936',
  136: 'cp950',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
}

interface State {
  skip: boolean
  /** Characters that follow a \u for readers that do not know it. */
  fallback: number
  page: string
  inFonts: boolean
}

const maxDepth = 200

const page = (number: number): string => {
  const label = number === 65001 ? 'utf-8' : `cp${number}`
  return iconv.encodingExists(label) ? label : 'windows-1252'
}

/**
 * @param rtf the bytes as characters 0–255; text that is no RTF is given back as it is
 */
export function plainText(rtf: string): string {
  if (!rtf.startsWith('{\\rtf')) return rtf
  const out: string[] = []
  let usual = 'windows-1252'
  const fonts = new Map<number, string>()
  let font = 0
  let state: State = { skip: false, fallback: 1, page: usual, inFonts: false }
  const stack: State[] = []
  let bytes: number[] = []
  let left = 0

  const flush = (): void => {
    if (bytes.length === 0) return
    out.push(iconv.decode(Buffer.from(bytes), state.page))
    bytes = []
  }
  const put = (text: string): void => {
    flush()
    if (!state.skip) out.push(text)
  }
  const byte = (value: number): void => {
    if (left > 0) left--
    else if (!state.skip) bytes.push(value)
  }

  const control = (word: string, parameter: number | undefined): void => {
    if (hidden.has(word)) {
      state.skip = true
      if (word === 'fonttbl') state.inFonts = true
    } else if (word === 'ansicpg' && parameter !== undefined) {
      usual = page(parameter)
      state.page = usual
    } else if (word === 'f' && parameter !== undefined) {
      flush()
      font = parameter
      if (!state.inFonts) state.page = fonts.get(parameter) ?? usual
    } else if (word === 'fcharset' && state.inFonts) {
      const known = pages[parameter ?? 0]
      if (known) fonts.set(font, known)
    } else if (word === 'plain') {
      flush()
      state.page = usual
    } else if (word === 'uc') state.fallback = Math.max(0, Math.min(16, parameter ?? 1))
    else if (word === 'u' && parameter !== undefined) {
      put(String.fromCharCode(parameter & 0xffff))
      left = state.fallback
    } else {
      const text = words[word]
      if (text !== undefined) put(text)
    }
  }

  for (let at = 0; at < rtf.length; ) {
    const c = rtf.charAt(at)
    if (c === '{') {
      flush()
      if (stack.length >= maxDepth) break
      stack.push(state)
      state = { ...state }
      left = 0
      at++
    } else if (c === '}') {
      flush()
      state = stack.pop() ?? state
      left = 0
      if (stack.length === 0) break
      at++
    } else if (c === '\\') {
      const word = /^\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))/.exec(rtf.slice(at, at + 50))
      if (!word) break
      at += word[0].length
      const [, name, number, hex, symbol] = word
      if (name !== undefined) {
        if (name === 'bin') at += Math.max(0, Number(number ?? 0))
        else control(name, number === undefined ? undefined : Number(number))
      } else if (hex !== undefined) byte(Number.parseInt(hex, 16))
      else if (symbol === '*') state.skip = true
      else if (symbol === '~') put('\u00a0')
      else if (symbol === '_') put('\u2011')
      else if (symbol === '\n' || symbol === '\r') put('\n')
      else if (symbol === '\\' || symbol === '{' || symbol === '}') byte(symbol.charCodeAt(0))
    } else {
      if (c !== '\r' && c !== '\n' && c !== '\0') byte(c.charCodeAt(0))
      at++
    }
  }
  flush()
  return out.join('').replace(/\s+$/, '')
}
