// The trees an enterprise may start from, as data: cost items of a contractor, and expense items with the cost they post to.

export interface StandardItem {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly kind?: 'labour' | 'material' | 'machine' | 'subcontract' | 'measure' | 'overhead' | 'tax' | 'other'
  readonly unit?: string
  readonly contingency?: true
}
export interface StandardExpense {
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Code of the cost item it posts to when a project bears it. */
  readonly cost?: string
}

const row = (code: string, zh: string, en: string, more: Partial<StandardItem> = {}): StandardItem => ({
  ...{ code, zh, en },
  ...more,
})

/** Above before below. */
export const standardCostItems: readonly StandardItem[] = [
  row('01', '人工费', 'Labour', { kind: 'labour' }),
  row('01.01', '劳务作业费', 'Labour contracts'),
  row('01.02', '点工', 'Day work', { unit: '工日' }),
  row('01.03', '计件工', 'Piece work'),
  row('02', '材料费', 'Material', { kind: 'material' }),
  row('02.01', '钢筋', 'Reinforcement', { unit: 't' }),
  row('02.02', '商品混凝土', 'Ready-mixed concrete', { unit: 'm³' }),
  row('02.03', '型钢与钢构件', 'Steel sections', { unit: 't' }),
  row('02.04', '水泥砂石', 'Cement and aggregate', { unit: 't' }),
  row('02.05', '砌体与装饰材料', 'Masonry and finishes'),
  row('02.06', '防水材料', 'Waterproofing', { unit: 'm²' }),
  row('02.07', '机电材料设备', 'M&E material and equipment'),
  row('02.08', '周转材料', 'Formwork and scaffold', { unit: 't·d' }),
  row('02.99', '其他材料', 'Other material'),
  row('03', '机械费', 'Machinery', { kind: 'machine' }),
  row('03.01', '机械租赁', 'Machine rental', { unit: '台班' }),
  row('03.02', '大型机械进出场', 'Mobilisation of plant', { unit: '台次' }),
  row('03.03', '油料动力', 'Fuel and power'),
  row('03.04', '自有机械使用', 'Own machines', { unit: '台班' }),
  row('04', '专业分包', 'Subcontract', { kind: 'subcontract' }),
  row('04.01', '地基与基坑支护', 'Foundation and shoring'),
  row('04.02', '土方工程', 'Earthworks', { unit: 'm³' }),
  row('04.03', '防水工程', 'Waterproofing works'),
  row('04.04', '钢结构工程', 'Steel structure'),
  row('04.05', '机电安装', 'M&E installation'),
  row('04.06', '装饰装修', 'Fit-out'),
  row('04.99', '其他分包', 'Other subcontracts'),
  row('05', '措施费', 'Preliminaries', { kind: 'measure' }),
  row('05.01', '安全文明施工', 'Safety and site order'),
  row('05.02', '临时设施', 'Temporary facilities'),
  row('05.03', '模板支架', 'Formwork and falsework'),
  row('05.04', '监测检测试验', 'Monitoring and testing'),
  row('05.05', '冬雨季与夜间施工', 'Winter, rain and night work'),
  row('06', '间接费', 'Overhead', { kind: 'overhead' }),
  row('06.01', '管理人员薪酬', 'Staff'),
  row('06.02', '办公费', 'Office'),
  row('06.03', '差旅交通', 'Travel'),
  row('06.04', '业务招待', 'Entertainment'),
  row('06.05', '保险与保函', 'Insurance and guarantees'),
  row('06.99', '其他间接费', 'Other overhead'),
  row('07', '税金及附加', 'Taxes', { kind: 'tax' }),
  row('07.01', '附加税费', 'Surcharges'),
  row('07.02', '其他税费', 'Other taxes'),
  row('09', '其他', 'Other', { kind: 'other' }),
  row('09.01', '不可预见费', 'Contingency', { contingency: true }),
]

const expense = (code: string, zh: string, en: string, cost?: string): StandardExpense =>
  cost === undefined ? { code, zh, en } : { code, zh, en, cost }

export const standardExpenses: readonly StandardExpense[] = [
  expense('10', '薪酬福利', 'Staff'),
  expense('10.01', '工资', 'Salaries', '06.01'),
  expense('10.02', '社会保险与公积金', 'Social insurance', '06.01'),
  expense('10.03', '职工福利', 'Welfare', '06.01'),
  expense('20', '办公', 'Office'),
  expense('20.01', '办公用品', 'Supplies', '06.02'),
  expense('20.02', '通讯费', 'Communication', '06.02'),
  expense('20.03', '水电物业', 'Utilities', '06.02'),
  expense('20.04', '租赁费', 'Rent', '05.02'),
  expense('30', '差旅交通', 'Travel'),
  expense('30.01', '差旅费', 'Travel', '06.03'),
  expense('30.02', '车辆费', 'Vehicles', '06.03'),
  expense('40', '业务招待', 'Entertainment'),
  expense('40.01', '业务招待费', 'Entertainment', '06.04'),
  expense('50', '其他费用', 'Other'),
  expense('50.01', '保险费', 'Insurance', '06.05'),
  expense('50.02', '检测试验费', 'Testing', '05.04'),
  expense('50.03', '零星材料', 'Sundry material', '02.99'),
  expense('50.99', '其他', 'Other', '06.99'),
]
