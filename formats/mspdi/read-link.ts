// Constraints and predecessor links of Microsoft Project XML.
import { parseMinute } from '@yingzao/engines/schedule/civil'
import type { Constraint, Lag, Link } from '@yingzao/engines/schedule/plan'
import type { LossLog } from '../loss.ts'
import type { XmlNode } from '../xml/record.ts'
import { id, int, yes } from './node.ts'
import { constraintType, linkType } from './record.ts'
import { durationDisplay } from './unit.ts'

export function readConstraint(node: XmlNode, losses: LossLog): Constraint {
  const written = node.fields.get('ConstraintType') ?? '0'
  const type = constraintType.read(written)
  const at = parseMinute(node.fields.get('ConstraintDate') ?? '')
  if (type === undefined) losses.add('value', 'Task/ConstraintType', written)
  if (type === undefined || type === 'asap' || type === 'alap') return { type: type ?? 'asap' }
  if (at !== undefined) return { type, at }
  losses.add('value', 'Task/ConstraintDate', node.fields.get('ConstraintDate') ?? written)
  return { type: 'asap' }
}

/** Undefined for a link into another file that names no task here. */
export function readLink(to: string, node: XmlNode, losses: LossLog): Link | undefined {
  const from = id(node, 'PredecessorUID')
  if (from === undefined || yes(node, 'CrossProject')) {
    losses.add('reference', 'PredecessorLink', node.fields.get('CrossProjectName') ?? from)
    if (from === undefined) return undefined
  }
  const written = node.fields.get('Type') ?? '1'
  const type = linkType.read(written)
  if (type === undefined) losses.add('value', 'PredecessorLink/Type', written)
  const display = durationDisplay(int(node, 'LagFormat'))
  return {
    id: `${from}-${to}`,
    from,
    to,
    type: type ?? 'FS',
    lag: lag(Number(node.fields.get('LinkLag') ?? 0) || 0, display),
    ...(display.unit && { lagUnit: display.unit }),
  }
}

function lag(written: number, display: ReturnType<typeof durationDisplay>): Lag {
  if (display.percent) return { kind: display.elapsed ? 'elapsed_percent' : 'percent', percent: written }
  return { kind: display.elapsed ? 'elapsed' : 'working', minutes: Math.round(written / 10) }
}

/** Drops links to tasks that are not in the file and gives links between the same two tasks ids of their own. */
export function knownLinks(links: readonly Link[], tasks: ReadonlySet<string>, losses: LossLog): Link[] {
  const seen = new Map<string, number>()
  const kept: Link[] = []
  for (const link of links) {
    if (!tasks.has(link.from)) {
      losses.add('reference', 'PredecessorLink/PredecessorUID', link.from)
      continue
    }
    const times = (seen.get(link.id) ?? 0) + 1
    seen.set(link.id, times)
    kept.push(times === 1 ? link : { ...link, id: `${link.id}-${times}` })
  }
  return kept
}
