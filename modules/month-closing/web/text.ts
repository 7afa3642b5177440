// Words of the tab of what a month still waits for.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  none: {
    zh: '{month} 及以前没有未清事项，月末之后可以结账。',
    en: 'Nothing up to {month} is open: it can be closed when it has ended.',
  },
  some: { zh: '{month} 及以前还有：', en: 'Up to {month} there is still:' },
})
