// What there is news about: what entities tell of their records, and what all records of a kind have alike.
import { approvalTells } from '@yingzao/kernel/approval/tell'
import type { CommonTell, Tell } from '@yingzao/kernel/entity'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { commentTells } from '../discussion/tell.ts'
import { guestTells } from '../guest/tell.ts'

/** By the name a message keeps; each has a dot, which the name of an entity's own tell never has. */
export const commonTells: ReadonlyMap<string, CommonTell> = new Map(
  Object.entries({ ...approvalTells, ...commentTells, ...guestTells }),
)

/** The name under which people choose whether they want letters about it. */
export const topicOf = (entity: string, tell: string): string => (commonTells.has(tell) ? tell : `${entity}.${tell}`)

export const tellOf = (shape: Shape | undefined, name: string): Pick<Tell, 'label' | 'text' | 'urgent'> | undefined =>
  commonTells.get(name) ?? shape?.def.tells?.[name]
