// Bills of quantities as pricing programs write them: hierarchy, measures, fees and tax; what does not add up; hostile input.
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BillFile, readBillFile } from './index.ts'

const xml = (text: string) => new TextEncoder().encode(text)
async function bill(bytes: Uint8Array): Promise<BillFile> {
  const reading = await readBillFile(bytes)
  if (!reading.ok) throw new Error(JSON.stringify(reading.error))
  return reading.bill
}
const brief = ({ items }: BillFile) => items.map(each => [each.group, each.code, each.qty, each.price, each.amount])
async function workbook(sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name)
    for (const row of rows) sheet.addRow([...row])
  }
  const stream = new PassThrough()
  const bytes = buffer(stream)
  await book.xlsx.write(stream)
  stream.end()
  return new Uint8Array(await bytes)
}

const tender = `<?xml version="1.0" encoding="UTF-8"?>
<建设项目 名称="示例" 金额="14497.00">
 <单项工程 名称="1号楼" 金额="14497.00">
  <单位工程 名称="土建" 金额="14497.00">
   <分部分项清单 金额="11800.00">
    <分部 名称="土石方" 金额="1800.00">
     <清单项目 项目编码="010101001001" 项目名称="平整场地" 项目特征="三类土" 计量单位="m2" 工程量="1000" 综合单价="1.80" 合价="1800.00">
      <定额子目 编码="1-1" 名称="人工平整" 单位="100m2" 工程量="10" 综合单价="180" 合价="1800"/>
     </清单项目>
    </分部>
    <分部 名称="混凝土" 金额="10000.00">
     <清单项目 项目编码="010502001001" 项目名称="矩形柱" 项目特征="C30" 计量单位="m3" 工程量="20" 综合单价="500" 综合合价="10000.00"/>
    </分部>
   </分部分项清单>
   <措施项目清单 金额="1500.00">
    <措施项目 项目编码="011707001001" 名称="安全文明施工" 金额="1500.00"/>
   </措施项目清单>
   <费用汇总表>
    <费用 名称="分部分项合计" 金额="11800.00"/>
    <费用 名称="措施项目合计" 金额="1500.00"/>
    <费用 名称="增值税" 金额="1197.00"/>
   </费用汇总表>
  </单位工程>
 </单项工程>
</建设项目>`

test('tender XML: parts of the work, what an item is made of left out, fees once, and every printed total agrees', async () => {
  const found = await bill(xml(tender))
  expect(brief(found)).toEqual([
    ['works', '010101001001', '1000', '1.80', '1800.00'],
    ['works', '010502001001', '20', '500', '10000.00'],
    ['measure', '011707001001', '1', '1500.00', '1500.00'],
    ['tax', '', '1', '1197.00', '1197.00'],
  ])
  expect(found.items[0]).toMatchObject({ section: ['示例', '1号楼', '土建', '土石方'], feature: '三类土', unit: 'm2' })
  expect(found.totals.map(each => each.printed)).toContain('14497.00')
  expect(found.findings).toEqual([])
})

test('the same in child elements and pinyin; what does not add up is told to the fen, nothing is corrected', async () => {
  const found = await bill(
    xml(`<Root><Dwgc><Mc>土建</Mc><Je>200.01</Je><QdList>
      <Qd><Qdbm>010101001001</Qdbm><Mc>挖土方</Mc><Xmtz>一、二类土</Xmtz><Dw>m3</Dw><Sl>10</Sl><Zhdj>10.00</Zhdj><Zhhj>100.01</Zhhj></Qd>
      <Qd><Qdbm>010101001001</Qdbm><Mc>回填</Mc><Dw></Dw><Sl>十</Sl><Zhdj>9.9999999</Zhdj><Zhhj>99.00</Zhhj></Qd>
      </QdList></Dwgc></Root>`),
  )
  expect(found.items).toMatchObject([
    { code: '010101001001', unit: 'm3' },
    { name: '回填', unit: '', qty: null },
  ])
  expect(found.findings.map(({ code, values }) => [code, values.difference ?? values.text ?? ''])).toEqual([
    ['not_a_number', '十'],
    ['amount', '0.01'],
    ['duplicate_code', ''],
    ['no_unit', ''],
    ['no_qty', ''],
    ['rounded', '9.9999999'],
    ['total', '1.00'],
  ])
})

test('表-08 with a header of two rows on every page, sections and page totals; 表-11, 表-13; a summary is told and not read twice', async () => {
  const head = [
    ['分部分项工程和单价措施项目清单与计价表'],
    ['工程名称：1号楼', '', '', '', '标段：'],
    ['序号', '项目编码', '项目名称', '项目特征描述', '计量单位', '工程量', '金额（元）', '', ''],
    ['', '', '', '', '', '', '综合单价', '合价', '其中：暂估价'],
  ]
  const found = await bill(
    await workbook({
      封面: [['投标总价'], ['大写']],
      '表-08': [
        ...head,
        ['', '', '土石方工程'],
        [1, '010101001001', '平整场地', '三类土', 'm2', 1200.5, 2.35, 2821.18],
        ['', '', '分部小计', '', '', '', '', 2821.18],
        ['本页小计', '', '', '', '', '', '', 2821.18],
        ...head,
        ['', '', '混凝土工程'],
        [2, '010502001001', '矩形柱', 'C30', 'm3', '1,250.5', 850, 1062925],
        ['本页小计', '', '', '', '', '', '', 1062925],
        ['合计', '', '', '', '', '', '', 1065746.19],
      ],
      '表-11 总价措施项目': [
        ['序号', '项目编码', '项目名称', '计算基础', '费率', '金额（元）'],
        [1, '011707001001', '安全文明施工费', '', '', 30000],
        ['合计', '', '', '', '', 30000],
      ],
      '表-12 其他项目': [
        ['序号', '项目名称', '金额（元）', '备注'],
        ['1', '暂列金额', 50000, ''],
        ['2', '暂估价', 8000, ''],
        ['2.1', '材料暂估价', 3000, ''],
        ['2.2', '专业工程暂估价', 5000, ''],
        ['合计', '', 58000, ''],
      ],
      '表-13 规费、税金': [
        ['序号', '项目名称', '计算基础', '金额（元）'],
        [1, '规费', '', 1000],
        [2, '税金', '', 103957.16],
      ],
    }),
  )
  expect(brief(found)).toEqual([
    ['works', '010101001001', '1200.5', '2.35', '2821.18'],
    ['works', '010502001001', '1250.5', '850', '1062925'],
    ['measure', '011707001001', '1', '30000', '30000'],
    ['other', '', '1', '50000', '50000'],
    ['other', '', '1', '3000', '3000'],
    ['other', '', '1', '5000', '5000'],
    ['other', '', '1', '1000', '1000'],
    ['tax', '', '1', '103957.16', '103957.16'],
  ])
  expect(found.items[1]?.section).toEqual(['表-08', '混凝土工程'])
  expect(found.findings).toMatchObject([
    { code: 'unread', at: '封面' },
    { code: 'total', values: { printed: '1065746.19', found: '1065746.18', difference: '0.01' } },
  ])
})

test('hostile and broken input is refused with a code, in bounded time', async () => {
  const refused = async (bytes: Uint8Array) => {
    const reading = await readBillFile(bytes, { limits: { depth: 64 } })
    return reading.ok ? 'read' : reading.error.code
  }
  expect(await refused(new Uint8Array())).toBe('bill.no_items')
  expect(await refused(xml('%PDF-1.4 …'))).toBe('bill.unknown')
  expect(await refused(xml('<a>'.repeat(100)))).toBe('format.too_deep')
  expect(await refused(xml('<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>'))).toBe('xml.entity')
  expect(await refused(xml(tender.slice(0, 500)))).toMatch(/^xml\./)
  expect(await refused(xml('<a><b/></a>'))).toBe('bill.no_items')
  expect(await refused(xml('序号,项目编码,项目名称\n1,2,3\n'))).toBe('bill.no_items')
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200 }), async junk => {
      const reading = await readBillFile(xml(`<r><q 项目编码="${junk.replace(/[<&"]/g, '')}" 工程量="1" ${junk}/></r>`))
      expect(typeof reading.ok).toBe('boolean')
    }),
    { numRuns: 60 },
  )
})
