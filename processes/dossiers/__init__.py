"""The papers of a case: checklist, uploads, drawn documents, numbers, and who may open them."""
