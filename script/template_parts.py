"""What the templates of documents are set with: paragraphs, lines below them, columns."""

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "Times New Roman"
CENTRE, LEFT, BOTH = ALIGN.CENTER, ALIGN.LEFT, ALIGN.JUSTIFY
#: Kinds of parts of the library's blank document that no paper of ours refers to.
UNUSED = ("/stylesWithEffects", "/customXml", "/numbering", "/thumbnail")


def say(place, text, size=14, *, bold=False, italic=False, align=CENTRE):
    """Add a paragraph; a cell of a table begins with an empty one, which is filled first."""
    cell = hasattr(place, "width")
    begun = cell and (len(place.paragraphs) > 1 or place.paragraphs[0].runs)
    paragraph = place.add_paragraph() if begun or not cell else place.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0 if cell else 6)
    if align == BOTH:
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    run._element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    return paragraph


def say_if(cell, name, size, **looks):
    """Say something only where there is something to say; no line is left for it otherwise."""
    say(cell, "{%p if " + name + " %}")
    say(cell, "{{ " + name + " }}", size, **looks)
    say(cell, "{%p endif %}")


def rule(cell, indent):
    """Draw the solid line that stands under a title, shorter on both sides by the indent."""
    paragraph = say(cell, "", 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(indent)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


def columns(document, *widths):
    """Cells beside each other, so wide, without lines around them and never on two pages."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, cell, width in zip(table.columns, row.cells, widths, strict=True):
        column.width = cell.width = Cm(width)
    return row.cells


def keep_what_is_used(document):
    """Leave out the styles, the picture and the numbering of the library's own blank document.

    They were nine tenths of every paper, to be read and written again each time one is drawn up.
    """
    used = set(document.element.xpath("//@w:val[parent::w:pStyle or parent::w:tblStyle]"))
    for style in document.styles.element.xpath("w:style"):
        if not style.get(qn("w:default")) and style.get(qn("w:styleId")) not in used:
            style.getparent().remove(style)
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(UNUSED)]:
            del rels[key]
