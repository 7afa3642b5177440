// What limits warned of when a verb was done, in the words of the history it was kept in.
import type { Json } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'

const hasAny = (value: Json | undefined) => Array.isArray(value) && value.length > 0

/** `answer`: what the verb gave back. Empty when nothing was warned of. */
export async function warnedOf(client: Client, entity: string, id: string, answer: Json): Promise<readonly string[]> {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return []
  if (!('warnings' in answer || 'escalated' in answer)) return []
  if (!hasAny(answer.warnings) && !hasAny(answer.escalated)) return []
  const history = await client.entity(entity).history(id)
  return history.find(each => each.warnings !== undefined)?.warnings ?? []
}
