#!/usr/bin/env python3
"""Makes the workbooks of this folder with two writers that are not ours: openpyxl and XlsxWriter (Debian's
python3-openpyxl and python3-xlsxwriter). What src/codec/t_xlsx_read.c expects of them is what stands here."""
import datetime
import os

import openpyxl
import xlsxwriter

here = os.path.dirname(os.path.abspath(__file__))


def with_openpyxl(name, epoch):
    book = openpyxl.Workbook()
    book.epoch = epoch
    sheet = book.active
    sheet.title = 'Types & more'
    sheet.append(['text', 'number', 'date', 'moment', 'yes', 'error', 'formula'])
    sheet.append(['Één < & "twee"', 0.1, datetime.date(2011, 1, 24), datetime.datetime(2025, 3, 31, 14, 30, 5), True, '#N/A', '=B2*2'])
    sheet.append([None, -1234567.25, None, None, False, '#DIV/0!', None])
    sheet['C5'] = datetime.date(1999, 12, 31)
    sheet['C5'].number_format = '[$-413]d mmmm yyyy;@'
    sheet['D5'] = 0.75
    sheet['D5'].number_format = '[h]:mm'
    sheet['E5'] = 40000
    sheet['E5'].number_format = '"day" 0.0 [Red]'
    sheet['AB5'] = 'far'
    sheet['A7'] = 'merged'
    sheet.merge_cells('A7:C8')
    sheet['D7'] = 'line\nbreak'
    hidden = book.create_sheet('Hidden')
    hidden.sheet_state = 'hidden'
    hidden['B2'] = 1e-7
    book.save(os.path.join(here, name))


def with_xlsxwriter(name):
    book = xlsxwriter.Workbook(os.path.join(here, name), {'default_date_format': 'dd/mm/yyyy'})
    sheet = book.add_worksheet('Blad 1')
    chart = book.add_chart({'type': 'line'})
    chart.add_series({'values': "='Blad 1'!$A$5:$B$5"})
    book.add_chartsheet('Chart').set_chart(chart)
    bold = book.add_format({'bold': True})
    sheet.write_row(0, 0, ['a', 'b', 'c'])
    sheet.write_number(1, 0, 1.0 / 3)
    sheet.write_datetime(1, 1, datetime.datetime(1900, 1, 1))
    sheet.write_datetime(1, 2, datetime.datetime(1900, 3, 1))
    sheet.write_formula(2, 0, '="x"&"y"', None, 'xy')
    sheet.write_formula(2, 1, '=NA()', None, '#N/A')
    sheet.write_formula(2, 2, '=1=1', None, True)
    sheet.write_rich_string(3, 0, 'plain ', bold, 'bold', ' plain')
    sheet.write_blank(3, 1, None, bold)
    sheet.write_number(4, 0, 1e300)
    sheet.write_number(4, 1, 123456789012345678)
    sheet.write_string(4, 2, 'tab\tand \x01 and _x0042_')
    book.close()


with_openpyxl('openpyxl.xlsx', openpyxl.utils.datetime.WINDOWS_EPOCH)
with_openpyxl('openpyxl-1904.xlsx', openpyxl.utils.datetime.MAC_EPOCH)
with_xlsxwriter('xlsxwriter.xlsx')
