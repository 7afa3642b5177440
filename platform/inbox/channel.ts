// A channel brings messages outside: mail, push, later 飞书, 钉钉, 企业微信. The inbox needs none: it is where every message is.
import type { Ctx } from '@yingzao/kernel/context'
import type { Id, Instant } from '@yingzao/kernel/entity'
import type { Words } from './words.ts'

/** Each has a field of its name in `message` (how far it is) and in `message_setting` (how somebody wants it). */
export type ChannelName = 'mail' | 'push'

export interface Channel {
  readonly name: ChannelName
  /** Milliseconds: what happens so close together goes out as one. */
  readonly together: number
  /** Of these people, whom it may reach; for the others a message does not even wait. Asked in the transaction that tells. */
  reaches(ctx: Ctx, people: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Brings these to one person. When, about what and with which words was decided before, with his rights at this moment.
   * Throws when another try soon may help: the job comes again, later each time.
   */
  deliver(ctx: Ctx, to: Addressee, items: readonly Item[]): Promise<Delivered>
}

export interface Addressee {
  readonly id: Id<'user'>
  readonly email: string | null
  readonly lang: 'zh' | 'en'
}

/** A message in its reader's words. */
export interface Item extends Words {
  readonly id: string
  readonly text: string
  readonly entity: string
  readonly record: string
  readonly urgent: boolean
  readonly reminded: boolean
}

/** `none`: there is nowhere to bring it to (any more); `failed`: refused for good; `again`: not before that moment. */
export type Delivered = 'sent' | 'failed' | 'none' | { readonly again: Instant }
