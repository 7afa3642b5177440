// Messages by mail: one letter to the address in the person's profile.
import type { Channel } from './channel.ts'
import { letterOf } from './letter.ts'
import type { Mailer } from './mail.ts'

export interface Post {
  readonly mailer: Mailer
  /** Of the installation, as its people reach it. */
  readonly url: string
  readonly product: string
  /** Milliseconds: what happens close together goes out in one letter. */
  readonly together: number
}

export const mailChannel = ({ mailer, url, product, together }: Post): Channel => ({
  ...{ name: 'mail', together },
  reaches: async (_ctx, people) => new Set(people),
  async deliver(_ctx, { email, lang }, items) {
    const [first] = items
    if (email === null || !first) return 'none'
    const letter = letterOf(items, { lang, product, url })
    // A reminder is another letter than the first.
    const id = `${first.id}${first.reminded ? '.2' : ''}@${new URL(url).hostname}`
    return (await mailer.send({ ...letter, to: email, id })) ? 'sent' : 'failed'
  },
})
