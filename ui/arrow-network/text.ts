// Texts of the arrow network.
import { words } from '../text/words.ts'

export const text = words({
  network: { zh: '时标网络图', en: 'Arrow network' },
  zoomIn: { zh: '放大', en: 'Zoom in' },
  zoomOut: { zh: '缩小', en: 'Zoom out' },
  fit: { zh: '适合窗口', en: 'Fit' },
  front: { zh: '前锋线', en: 'Front line' },
  ahead: { zh: '提前 {days} 天', en: '{days} days ahead' },
  behind: { zh: '落后 {days} 天', en: '{days} days behind' },
  onTime: { zh: '与检查日一致', en: 'at the status date' },
  empty: { zh: '还没有可以画成网络图的任务', en: 'There is no task to draw yet' },
  emptyHint: {
    zh: '在横道图里录入任务和前置关系后，这里会自动成图。',
    en: 'Enter tasks and links in the Gantt: they are drawn here.',
  },
  broken: {
    zh: '{count} 条搭接关系与日期矛盾（多为手动任务），未画出。',
    en: '{count} {count:link|links} contradict the dates (mostly of tasks placed by hand) and are not drawn.',
  },
  keys: {
    zh: '←→ 沿前后关系移动，↑↓ 换行，Ctrl+滚轮缩放',
    en: '←→ follow predecessors and successors, ↑↓ change the row, Ctrl+wheel zooms',
  },
  sheet: { zh: '第 {page} 张，共 {pages} 张', en: 'Sheet {page} of {pages}' },
  sheetAt: {
    zh: '第 {page} 张，共 {pages} 张（第 {down} 排，左起第 {across} 张）',
    en: 'Sheet {page} of {pages} (row {down}, {across} from the left)',
  },
})
