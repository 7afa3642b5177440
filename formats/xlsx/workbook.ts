// The parts of a workbook that its sheets refer to: sheet list, relations, styles, shared strings.
import { type ReadLimits, Refused } from '../limit.ts'
import { parseWhole } from '../xml/events.ts'
import type { Package } from './package.ts'
import { type DateParts, datePartsOf } from './serial.ts'

export interface Sheet {
  name: string
  hidden: boolean
  /** Part name in the package. */
  part: string
}

export interface Workbook {
  sheets: Sheet[]
  date1904: boolean
  /** By cell style number; undefined = a plain number. */
  dateStyles: readonly (DateParts | undefined)[]
  strings: readonly string[]
}

const maxSharedText = 256 * 1024 * 1024

export async function readWorkbook(pack: Package, limits: ReadLimits): Promise<Workbook> {
  const rootRelations = await relations(pack, '_rels/.rels', '', limits)
  const path = [...rootRelations.values()].find(r => r.type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (/\.bin$/i.test(path)) throw new Refused('xlsx.binary')
  const part = pack.part(path)
  if (!part) throw new Refused(pack.names().some(n => n === 'xl/workbook.bin') ? 'xlsx.binary' : 'xlsx.not_a_workbook')
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const links = await relations(pack, `${folder}_rels/${path.slice(folder.length)}.rels`, folder, limits)

  const sheets: Sheet[] = []
  let date1904 = false
  await parseWhole(
    part,
    {
      open(name, attributes) {
        if (name === 'workbookPr') date1904 = /^(1|true|on)$/i.test(attributes.date1904 ?? '')
        if (name !== 'sheet') return
        const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key) && key !== 'sheetId')?.[1] ?? ''
        const link = links.get(id)
        // Chart and dialogue sheets hold no cells.
        if (link && link.type !== 'worksheet') return
        const target = link?.target ?? `${folder}worksheets/sheet${sheets.length + 1}.xml`
        sheets.push({
          name: attributes.name ?? '',
          hidden: (attributes.state ?? 'visible') !== 'visible',
          part: target,
        })
      },
    },
    limits,
  )
  const partOf = (type: string, fallback: string): string =>
    [...links.values()].find(l => l.type === type)?.target ?? `${folder}${fallback}`
  return {
    sheets,
    date1904,
    dateStyles: await readStyles(pack, partOf('styles', 'styles.xml'), limits),
    strings: await readStrings(pack, partOf('sharedStrings', 'sharedStrings.xml'), limits),
  }
}

async function relations(
  pack: Package,
  name: string,
  folder: string,
  limits: ReadLimits,
): Promise<Map<string, { type: string; target: string }>> {
  const found = new Map<string, { type: string; target: string }>()
  const part = pack.part(name)
  if (!part) return found
  await parseWhole(
    part,
    {
      open(element, { Id, Type, Target, TargetMode }) {
        if (element !== 'Relationship' || Id === undefined || Target === undefined || TargetMode === 'External') return
        const target = Target.startsWith('/') ? Target.slice(1) : resolved(folder + Target)
        found.set(Id, { type: (Type ?? '').replace(/^.*\//, ''), target })
      },
    },
    limits,
  )
  return found
}

/** `xl/../xl/a.xml` → `xl/a.xml`; it never leaves the package. */
function resolved(path: string): string {
  const out: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') out.pop()
    else if (step !== '.' && step !== '') out.push(step)
  }
  return out.join('/')
}

async function readStyles(pack: Package, name: string, limits: ReadLimits): Promise<(DateParts | undefined)[]> {
  const part = pack.part(name)
  if (!part) return []
  const codes = new Map<number, string>()
  const styles: number[] = []
  let inCellStyles = false
  await parseWhole(
    part,
    {
      open(element, attributes) {
        if (element === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
        else if (element === 'cellXfs') inCellStyles = true
        else if (element === 'xf' && inCellStyles) styles.push(Number(attributes.numFmtId ?? 0))
      },
      close(element) {
        if (element === 'cellXfs') inCellStyles = false
      },
    },
    limits,
  )
  return styles.map(id => {
    const parts = datePartsOf(id, codes.get(id))
    return parts.day || parts.time ? parts : undefined
  })
}

async function readStrings(pack: Package, name: string, limits: ReadLimits): Promise<string[]> {
  const part = pack.part(name)
  if (!part) return []
  const strings: string[] = []
  let current = ''
  let taking = false
  let phonetic = 0
  let total = 0
  await parseWhole(
    part,
    {
      open(element) {
        if (element === 'si') current = ''
        else if (element === 'rPh') phonetic++
        else if (element === 't') taking = phonetic === 0
      },
      text(text) {
        if (taking) current += text
      },
      close(element) {
        if (element === 't') taking = false
        else if (element === 'rPh') phonetic--
        else if (element === 'si') {
          total += current.length
          if (total > maxSharedText || strings.length >= limits.records)
            throw new Refused('format.too_many', { what: 'texts', limit: limits.records })
          strings.push(unescapeText(current))
        }
      },
    },
    limits,
  )
  return strings
}

/** `_x000D_` stands for a character that XML cannot hold, `_x005F_` for the underscore of such a mark (§22.9.2.19). */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
