// The rates of PRC VAT for contractors, as data, each with the days it held and its basis. 增值税法 is in force since 2026-01-01.
import type { Decimal, PlainDate } from '@yingzao/kernel/entity'

export interface StandardRate {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly tax: 'vat' | 'prepayment'
  readonly method: 'general' | 'simplified' | 'exempt'
  readonly periods: readonly (readonly [rate: Decimal, from: PlainDate, to: PlainDate | null])[]
  readonly basis: string
}

export const standardRates: readonly StandardRate[] = [
  {
    ...{
      code: 'VAT-CONSTRUCTION',
      zh: '建筑服务（一般计税）',
      en: 'Construction, general',
      tax: 'vat',
      method: 'general',
    },
    periods: [
      ['0.11', '2016-05-01', '2018-04-30'],
      ['0.10', '2018-05-01', '2019-03-31'],
      ['0.09', '2019-04-01', null],
    ],
    basis: '财税〔2016〕36号；财税〔2018〕32号；财政部 税务总局 海关总署公告2019年第39号；增值税法第十条',
  },
  {
    ...{
      code: 'VAT-CONSTRUCTION-SIMPLE',
      zh: '建筑服务（简易计税）',
      en: 'Construction, simplified',
      tax: 'vat',
      method: 'simplified',
    },
    periods: [['0.03', '2016-05-01', null]],
    basis: '财税〔2016〕36号；增值税法第十一条。甲供工程的选择权自2026-01-01起取消，老项目依合同参数',
  },
  {
    ...{ code: 'VAT-GOODS', zh: '货物、有形动产租赁', en: 'Goods, rental of movables', tax: 'vat', method: 'general' },
    periods: [
      ['0.17', '2016-05-01', '2018-04-30'],
      ['0.16', '2018-05-01', '2019-03-31'],
      ['0.13', '2019-04-01', null],
    ],
    basis: '财税〔2018〕32号；公告2019年第39号；增值税法第十条',
  },
  {
    ...{ code: 'VAT-REAL-ESTATE-RENT', zh: '不动产租赁', en: 'Rental of real estate', tax: 'vat', method: 'general' },
    periods: [
      ['0.11', '2016-05-01', '2018-04-30'],
      ['0.10', '2018-05-01', '2019-03-31'],
      ['0.09', '2019-04-01', null],
    ],
    basis: '财税〔2016〕36号；公告2019年第39号；增值税法第十条',
  },
  {
    ...{
      code: 'VAT-SERVICE',
      zh: '现代服务（设计、咨询、检测等）',
      en: 'Services (design, consulting, testing)',
      tax: 'vat',
      method: 'general',
    },
    periods: [['0.06', '2016-05-01', null]],
    basis: '财税〔2016〕36号；增值税法第十条',
  },
  {
    ...{ code: 'VAT-SIMPLE', zh: '简易计税征收率', en: 'Simplified levy', tax: 'vat', method: 'simplified' },
    periods: [['0.03', '2016-05-01', null]],
    basis: '增值税法第十一条',
  },
  {
    ...{
      code: 'VAT-SMALL',
      zh: '小规模纳税人减按征收',
      en: 'Small-scale taxpayer, reduced',
      tax: 'vat',
      method: 'simplified',
    },
    periods: [['0.01', '2023-01-01', '2027-12-31']],
    basis: '财政部 税务总局公告2023年第1号、第19号；财税公告2026年第10号',
  },
  {
    ...{ code: 'VAT-EXEMPT', zh: '免税', en: 'Exempt', tax: 'vat', method: 'exempt' },
    periods: [['0', '2016-05-01', null]],
    basis: '增值税法第二十四条',
  },
  {
    ...{
      code: 'PRE-GENERAL',
      zh: '跨地建筑服务预缴（一般计税）',
      en: 'Prepayment away from home, general',
      tax: 'prepayment',
      method: 'general',
    },
    periods: [['0.02', '2016-05-01', null]],
    basis: '增值税预缴税款管理办法（财税公告2026年第14号）；国家税务总局公告2016年第17号',
  },
  {
    ...{
      code: 'PRE-SIMPLE',
      zh: '跨地建筑服务预缴（简易计税）',
      en: 'Prepayment away from home, simplified',
      tax: 'prepayment',
      method: 'simplified',
    },
    periods: [['0.03', '2016-05-01', null]],
    basis: '增值税预缴税款管理办法（财税公告2026年第14号）；国家税务总局公告2016年第17号',
  },
]
