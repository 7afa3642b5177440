// Words of the money in a plan: prices of resources, costs of a task.
import { words } from '@yingzao/ui/text/words'

export const text = words({
  prices: { zh: '单价', en: 'Prices' },
  table: { zh: '资源单价', en: 'Prices of resources' },
  note: {
    zh: '单价乘以工时（材料乘以数量）就是分配的费用，任务的总成本随之改变；是计划修改，可以撤销。',
    en: 'Price times work (times quantity for materials) is what an assignment costs; the total of its task follows. Plan edits, with undo.',
  },
  keys: {
    zh: '直接键入或按 Enter 编辑，Delete 清空，可从 Excel 粘贴。',
    en: 'Type or press Enter to edit, Delete to clear; paste from Excel.',
  },
  noResources: { zh: '计划里还没有资源', en: 'The plan has no resources yet' },
  name: { zh: '资源', en: 'Resource' },
  kind: { zh: '类别', en: 'Kind' },
  unit: { zh: '材料单位', en: 'Unit' },
  perHour: { zh: '元/小时', en: 'Per hour' },
  perDay: { zh: '元/天', en: 'Per day' },
  perUnit: { zh: '元/单位', en: 'Per unit' },
  sum: { zh: '计划费用', en: 'Planned cost' },
  several: { zh: '按日期有多个单价，这里是最早的一个', en: 'Several prices by date: this is the first' },
  priced: { zh: '修改单价：{names}', en: 'Priced {names}' },
  kindChanged: { zh: '修改资源：{names}', en: 'Changed {names}' },
  refusedPrice: { zh: '单价须是不小于 0 的数字', en: 'A price is a number of 0 or more' },

  fixedCost: { zh: '固定成本', en: 'Fixed cost' },
  totalCost: { zh: '总成本', en: 'Total cost' },
  assignedCost: { zh: '其中资源', en: 'of it, resources' },
  otherCost: { zh: '其余（来自文件）', en: 'the rest (from the file)' },
  belowCost: { zh: '下级任务合计', en: 'Sum of the tasks below' },
  fixedChanged: { zh: '固定成本：{task} {amount}', en: 'Fixed cost of {task}: {amount}' },
  notMoney: { zh: '请填数字，例如 12,500.00', en: 'A number, such as 12,500.00' },
})
