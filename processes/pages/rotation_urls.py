"""Addresses of the rotation programme."""

from django.urls import path
from django.views.generic import RedirectView

from processes.pages import rotation_board, rotation_files, rotation_missions, rotation_plan

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="rotation_board"), name="rotation"),
    path("board/", rotation_board.rotation_board, name="rotation_board"),
    path("board.<kind:kind>", rotation_files.board_file, name="rotation_board_file"),
    path("schemes/<int:scheme_id>/", rotation_board.rotation_scheme, name="rotation_scheme"),
    path("schemes/<int:scheme_id>.<kind:kind>", rotation_files.scheme_file, name="scheme_file"),
    path("chains/", rotation_plan.rotation_chains, name="rotation_chains"),
    path("chains/<int:chain_id>/", rotation_plan.rotation_chain, name="rotation_chain"),
    path("chains/<int:chain_id>/start/", rotation_plan.rotation_start, name="rotation_start"),
    path("moves/<int:move_id>/remove/", rotation_plan.rotation_remove, name="rotation_remove"),
    path("missions/", rotation_missions.missions, name="missions"),
    path("missions.<kind:kind>", rotation_files.missions_file, name="missions_file"),
    path("missions/<int:order_id>/", rotation_missions.mission, name="mission"),
    path("missions/<int:order_id>/review/", rotation_missions.review_products, name="review"),
    path("items/<int:item_id>/deliver/", rotation_missions.deliver_product, name="deliver"),
    path("products/<int:delivery_id>/judge/", rotation_missions.judge_product, name="judge"),
    path("products/", rotation_missions.product_posts, name="product_posts"),
    path("products/posts/<int:post_id>/", rotation_missions.order_products, name="order_products"),
]
