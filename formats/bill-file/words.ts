// What tender programs call the parts of a bill: Chinese words, their pinyin initials, English. Provinces differ in names, not in
// structure, so that one reader with these words reads them all.
import { type Decimal, parseDecimal } from '@yingzao/engines/money'
import type { BillFinding, BillGroup } from './model.ts'

export type BillColumn = 'order' | 'code' | 'name' | 'feature' | 'unit' | 'qty' | 'price' | 'amount'

const words: Readonly<Record<BillColumn, readonly string[]>> = {
  order: ['序号', 'xh', 'no', 'orderno', 'sortno'],
  code: ['项目编码', '清单编码', '清单编号', '编码', '项目编号', 'qdbm', 'xmbm', 'bm', 'code', 'itemcode', 'listcode'],
  name: ['项目名称', '清单名称', '名称', '工程名称', '汇总内容', 'mc', 'xmmc', 'qdmc', 'name', 'itemname'],
  feature: ['项目特征', '项目特征描述', '特征描述', 'xmtz', 'tz', 'feature', 'description', 'spec'],
  unit: ['计量单位', '单位', 'dw', 'jldw', 'unit'],
  qty: ['工程量', '工程数量', '数量', 'gcl', 'sl', 'qty', 'quantity'],
  price: ['综合单价', '单价', '全费用单价', '综合单价元', 'zhdj', 'dj', 'price', 'rate', 'unitprice'],
  amount: [
    ...['合价', '综合合价', '金额', '合计', '金额元', '合价元', '计算金额', '工程造价', '造价', '总价'],
    ...['zhhj', 'hj', 'je', 'amount', 'total', 'totalprice'],
  ],
}

const byWord = new Map<string, BillColumn>()
for (const column of ['order', 'code', 'name', 'feature', 'unit', 'qty', 'price', 'amount'] as const)
  for (const word of words[column]) byWord.set(word, column)

/** Without spaces, brackets and what stands in them. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[(（【[][^)）】\]]*[)）】\]]/g, '')
    .replace(/[\s:：/、_-]/g, '')
    .toLowerCase()

export const columnOf = (header: string): BillColumn | undefined => byWord.get(bare(header).slice(0, 40))

const groups: readonly (readonly [RegExp, BillGroup])[] = [
  [/增值税|税金|shuijin|^sj$|^tax$/i, 'tax'],
  [/规费|guifei|^gf(qd)?$/i, 'other'],
  [/分部分项|fenbu|^fbfx(qd)?$|subsection|bill/i, 'works'],
  [/措施|cuoshi|^cs(xm|qd)?$|measure/i, 'measure'],
  [/其他项目|其它项目|暂列|暂估|计日工|总承包服务|qita|^qt(xm|qd)?$|other/i, 'other'],
]
/** By the name of a sheet, title or element; undefined when it says nothing about it. */
export const groupOf = (title: string): BillGroup | undefined => groups.find(([pattern]) => pattern.test(title))?.[1]

/** A list of what stands elsewhere already: reading it too would count everything twice. */
export const isSummary = (title: string): boolean =>
  /汇总|取费|费用表|招标控制价封|投标总价封|扉页|总说明|综合单价分析|单价分析|人材机|材料表|主要材料|summary|analysis/i.test(
    title,
  )

/** A title that is printed again on every page, and notes below a table. */
export const isTitleRow = (texts: readonly string[]): boolean =>
  texts.some(
    text =>
      /[表称段页注]/.test(text) &&
      /^(工程名称|标段|第.{1,6}页|注[:：])|(计价表|清单表|报价表)$/.test(text.normalize('NFKC').replace(/\s/g, '')),
  )

export const isTotalRow = (text: string): boolean =>
  text.length <= 40 && text.includes('计') && /^(本页)?(小计|合计|总计)|(小计|合计|总计)$/.test(bare(text))
export const isPageTotal = (text: string): boolean => bare(text).startsWith('本页')

/** A number as written; what is none is told, and stays empty. */
export function numberOf(text: string, at: string, what: string, findings: BillFinding[]): Decimal | null {
  const written = text.trim()
  if (written === '' || /^[-—–/]+$/.test(written)) return null
  const value = parseDecimal(written)
  if (value === undefined) findings.push({ code: 'not_a_number', at, values: { what, text: written.slice(0, 60) } })
  return value ?? null
}
