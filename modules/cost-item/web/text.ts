// Words of the pages of cost items.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  title: { zh: '标准科目', en: 'Standard items' },
  hint: {
    zh: '一套施工企业常用的成本科目与费用科目。只补充没有的编码，已有的科目不改动；载入后可随意增删改。',
    en: 'Cost and expense items that contractors commonly use. Only codes that are missing are added, what is there stays; afterwards change them as you like.',
  },
  cost: { zh: '成本科目', en: 'Cost items' },
  expense: { zh: '费用科目', en: 'Expense items' },
  there: { zh: '已有', en: 'There' },
  load: { zh: '载入 {count} 个科目', en: 'Load {count} {count:item|items}' },
  complete: { zh: '标准科目都已在登记表中。', en: 'All standard items are in the register.' },
  loaded: { zh: '已载入 {count} 个科目', en: '{count} {count:item|items} loaded' },
  choose: {
    zh: '勾选本项目要核算的科目；勾选一个分支即选用其下全部末级科目。一个都不选则全部可用。',
    en: 'Tick what this project reckons with; a branch stands for every item below it. With none ticked all may be used.',
  },
  save: { zh: '保存选用', en: 'Save the choice' },
  saved: { zh: '已选用 {added} 个，取消 {removed} 个', en: '{added} added, {removed} taken off' },
  chosen: { zh: '已选 {count} 个末级科目', en: '{count} {count:item|items} chosen' },
  none: {
    zh: '还没有成本科目，请先在“数据 → 成本科目”中建立。',
    en: 'There are no cost items yet: make them under Data → Cost item.',
  },
})
