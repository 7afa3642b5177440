// The channels of an installation: a new one is a line here, and a field in `message` and in `message_setting`.
import { pushChannel } from '../push/channel.ts'
import type { Push } from '../push/service.ts'
import type { Channel } from './channel.ts'
import { mailChannel, type Post } from './mail-channel.ts'

export interface ChannelParts {
  /** Letters can be sent. */
  readonly post?: Post
  /** Browsers can be pushed to. */
  readonly push?: Push
}

export const channelsOf = ({ post, push }: ChannelParts): readonly Channel[] => [
  ...(post ? [mailChannel(post)] : []),
  ...(push ? [pushChannel(push)] : []),
]
