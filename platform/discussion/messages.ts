// What people read when a comment or attachment is refused.
import type { Label } from '@yingzao/kernel/entity'

export const discussionMessages: Readonly<Record<string, Label>> = {
  'discussion.none': {
    zh: '此类数据没有评论和附件',
    en: 'There are no comments and attachments on this kind of record',
  },
  'discussion.not_yours': {
    zh: '只能修改或删除自己的评论',
    en: 'Only the author may change or delete a comment',
  },
}
