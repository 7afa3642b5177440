// Levels of rows: from a column that says them, dotted codes, numbering the Chinese way (一、（一）、1), or indented names.

/** From 0; a row may be at most one deeper than the row before it. */
export type Levels = readonly number[]

export interface OutlineRow {
  readonly level: string
  readonly code: string
  readonly row: string
  /** As it stands in the cell, with its spaces. */
  readonly name: string
}

/** The first way in which the rows show more than one level; all on one level otherwise. */
export function levelsOf(rows: readonly OutlineRow[]): Levels {
  const ways: readonly (() => readonly number[] | null)[] = [
    () => said(rows.map(each => each.level)),
    () => dotted(rows.map(each => each.code)),
    () => dotted(rows.map(each => each.row)),
    () => numbered(rows.map(each => each.row)),
    () => indented(rows.map(each => each.name)),
    () => numbered(rows.map(each => each.name)),
  ]
  for (const way of ways) {
    const found = way()
    if (found?.some(level => level > 0)) return tidy(found)
  }
  return rows.map(() => 0)
}

/** No row hangs deeper below the one before it than a level. */
function tidy(levels: readonly number[]): Levels {
  const least = levels.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  let before = -1
  return levels.map(level => {
    before = Math.min(level - least, before + 1)
    return before
  })
}

const said = (cells: readonly string[]): readonly number[] | null => {
  const levels = cells.map(cell => (/^\d{1,2}$/.test(cell.trim()) ? Number(cell) : null))
  return levels.every(level => level !== null) ? levels.map(level => level ?? 0) : null
}

/** 1, 1.1, 1.1.2: nearly every row has one, and every deeper one a row above it. */
function dotted(cells: readonly string[]): readonly number[] | null {
  const codes = cells.map(cell => cell.trim().replace(/\.$/, ''))
  const known = new Set(codes)
  const has = codes.filter(code => /^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$/.test(code))
  if (has.length < cells.length * 0.9) return null
  const deep = has.filter(code => code.includes('.'))
  if (deep.some(code => !known.has(code.slice(0, code.lastIndexOf('.'))))) return null
  let before = 0
  return codes.map(code => {
    if (code !== '') before = code.split('.').length - 1
    return before
  })
}

/** Styles of numbering; each that is new opens a level below the last, one seen before goes back to its own. */
const styles: readonly RegExp[] = [
  /^第[一二三四五六七八九十百]+[章节部分]/,
  /^[一二三四五六七八九十]+[、.．]?(?=\D|$)/,
  /^[（(][一二三四五六七八九十]+[)）]/,
  /^\d{1,3}(?:[、.．]|$)(?!\d)/,
  /^[（(]?\d{1,3}[)）]/,
  /^[①-⑳]/,
]
function numbered(cells: readonly string[]): readonly number[] | null {
  const open: number[] = []
  const levels = cells.map(cell => {
    const style = styles.findIndex(each => each.test(cell.trim()))
    if (style < 0) return null
    const known = open.indexOf(style)
    if (known >= 0) open.length = known + 1
    else open.push(style)
    return open.length - 1
  })
  const without = levels.filter(level => level === null).length
  if (without > cells.length / 2 || open.length === 0) return null
  let before = 0
  // What has no number stands below what had one.
  return levels.map(level => {
    if (level !== null) before = level
    return level ?? before + 1
  })
}

const indented = (names: readonly string[]): readonly number[] => {
  const width = (name: string) => /^[\s\u3000]*/.exec(name)?.[0].replace(/[\t\u3000]/g, '  ').length ?? 0
  const open: number[] = []
  return names.map(name => {
    const at = width(name)
    while (open.length > 0 && (open.at(-1) ?? 0) >= at) open.pop()
    open.push(at)
    return open.length - 1
  })
}
