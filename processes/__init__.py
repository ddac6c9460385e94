"""The procedures of personnel work, their cases, votes, dossiers and trail."""
