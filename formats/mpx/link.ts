// Lists of predecessors and successors in MPX: `3`, `3FS+1d`, `18EA-50%`, divided by the list separator of the file.
import type { LinkType } from '@yingzao/engines/schedule/plan'
import type { LossLog } from '../loss.ts'
import { linkType } from '../mspdi/record.ts'
import { durationFormat } from '../mspdi/unit.ts'
import type { XmlNode } from '../xml/record.ts'
import { node } from './node.ts'
import type { Values } from './value.ts'

export interface ListedLink {
  /** Number of the other task, as the list counts: ID or unique ID. */
  task: number
  type: LinkType
  /** LinkLag and LagFormat of Project's XML. */
  lag: string
  format: string
}

const item = /^(\d{1,9})\s*([^\d\s+-]*)\s*([+-].+)?$/

/** @param separator what divides the list: the delimiter of the file, in quotes there */
export function readList(text: string, separator: string, values: Values, losses: LossLog): ListedLink[] {
  const links: ListedLink[] = []
  for (const part of text.split(separator)) {
    const written = part.trim()
    if (written === '') continue
    const [, task = '', word = '', lagText = ''] = item.exec(written) ?? []
    const type = task === '' ? undefined : values.linkType(word)
    const lag = lagOf(lagText.replace(/\s/g, ''), values)
    if (type === undefined || !lag) {
      // `C:\plans\other.mpp\12` is a task of another file.
      const path = /[\\/]\d+/.test(written) ? 'reference' : 'value'
      losses.add(path, 'Task/Predecessors', written)
      if (type === undefined) continue
    }
    links.push({ task: Number(task), type, ...(lag ?? { lag: '0', format: '7' }) })
  }
  return links
}

function lagOf(text: string, values: Values): Pick<ListedLink, 'lag' | 'format'> | undefined {
  if (text === '') return { lag: '0', format: '7' }
  const percent = /^([+-].*?)(e?)%$/i.exec(text)
  if (percent) {
    const n = values.number(percent[1] ?? '')
    return n === undefined ? undefined : { lag: String(Math.round(n)), format: percent[2] ? '20' : '19' }
  }
  const found = values.duration(text)
  return (
    found && {
      lag: String(Math.round(found.exactMinutes * 10)),
      format: String(durationFormat(found.unit, found.elapsed)),
    }
  )
}

export const linkNode = (link: ListedLink, predecessor: string): XmlNode =>
  node('PredecessorLink', {
    PredecessorUID: predecessor,
    Type: linkType.write(link.type),
    LinkLag: link.lag,
    LagFormat: link.format,
  })
